/** The part of JSON Schema that the schemas of requests need. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: false | Schema
  items?: Schema
  enum?: string[]
  anyOf?: Schema[]
  pattern?: string
  minLength?: number
  maxLength?: number
  maxProperties?: number
  propertyNames?: { maxLength: number }
}
