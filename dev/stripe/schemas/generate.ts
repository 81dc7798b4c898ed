import { writeFile } from 'node:fs/promises'
import Stripe from 'stripe'
import {
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  NeverType,
  SchemaGenerator,
  StringType,
} from 'ts-json-schema-generator'
import type { BaseType, CompletedConfig, SubNodeParser } from 'ts-json-schema-generator'
import { tidied } from './tidy.ts'

type Node = Parameters<SubNodeParser['supportsNode']>[0]

/** A name among the SDK's types that stands for something else in a schema. */
class Named implements SubNodeParser {
  readonly #name: string
  readonly #type: BaseType

  constructor(name: string, type: BaseType) {
    this.#name = name
    this.#type = type
  }

  supportsNode(node: Node): boolean {
    return 'typeName' in node && node.getText() === this.#name
  }

  createType(): BaseType {
    return this.#type
  }
}

export const paramsFile = new URL('params.json', import.meta.url).pathname

const versions = { sdk: Stripe.PACKAGE_VERSION, apiVersion: Stripe.API_VERSION }

/** What `params.json` is to hold, from the types of the installed SDK. */
export function generated(): string {
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: new URL('operations.ts', import.meta.url).pathname,
    type: 'Operations',
    jsDoc: 'none',
    skipTypeCheck: true,
    topRef: false,
  }
  const program = createProgram({
    ...config,
    tsconfig: new URL('../../tsconfig.json', import.meta.url).pathname,
  })
  const parser = createParser(program, config, (parser) => {
    // Opens every enum to any string, so that a newer API doesn't break old code.
    parser.addNodeParser(new Named('OtherString', new NeverType()))
    parser.addNodeParser(new Named('Decimal', new StringType()))
  })
  const schema = new SchemaGenerator(program, parser, createFormatter(config), config)
  const operations = tidied(schema.createSchema('Operations'))
  // A line for each call, so that a newer SDK shows as the calls that it changes.
  const lines = Object.entries(operations).map(
    ([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`,
  )
  const head = JSON.stringify(versions).slice(0, -1)
  return `${head},"operations":{\n${lines.join(',\n')}\n}}\n`
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(paramsFile, generated())
}
