declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      /** browser/copy-field.ts: shows a button that copies the input beside it. */
      'copy-field': { children?: unknown }
    }
  }
}
export {}
