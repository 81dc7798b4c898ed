// What is used of it. Its published types want Node's, which are not those of a Worker.
declare module 'pdfkit' {
  interface TextOptions {
    lineBreak?: boolean
    characterSpacing?: number
    link?: string
  }

  export default class PDFDocument {
    constructor(options: {
      size: 'A4'
      margin: number
      font: Uint8Array
      bufferPages: boolean
      pdfVersion: '1.7'
      lang: string
      displayTitle: boolean
      info: Record<string, string | Date>
    })
    on(event: 'data', listener: (chunk: Uint8Array) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: unknown) => void): this
    end(): void
    addPage(): this
    bufferedPageRange(): { start: number; count: number }
    switchToPage(page: number): this
    registerFont(name: string, bytes: Uint8Array): this
    font(name: string): this
    fontSize(points: number): this
    fillColor(colour: string): this
    widthOfString(text: string): number
    text(text: string, x: number, y: number, options?: TextOptions): this
    rect(x: number, y: number, width: number, height: number): this
    fill(colour?: string): this
    image(
      bytes: ArrayBuffer,
      x: number,
      y: number,
      options: { fit: readonly [number, number]; valign?: 'top' | 'center' },
    ): this
  }
}
