import { pngOf, type Rgb } from './png.ts'

/** What somebody sent, and what we found it to be. */
export interface Content {
  bytes: Buffer
  contentType: string
}

export const text = (lines: readonly string[]): Content => ({
  bytes: Buffer.from(`${lines.join('\n')}\n`),
  contentType: 'text/plain',
})

/** A page of A4 with a headline and lines below it; letters of Latin 1 alone. */
export function pdf(title: string, lines: readonly string[]): Content {
  const said = (words: string) => words.replace(/[\\()]/g, '\\$&')
  const page = [
    `0.11 0.46 0.42 rg 56 770 40 6 re f`,
    `0.06 0.11 0.16 rg BT /F1 26 Tf 56 720 Td (${said(title)}) Tj ET`,
    ...lines.map(
      (line, index) =>
        `0.31 0.38 0.45 rg BT /F2 12 Tf 56 ${680 - index * 20} Td (${said(line)}) Tj ET`,
    ),
  ].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const at = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return { bytes: Buffer.from(body + end, 'latin1'), contentType: 'application/pdf' }
}

interface Colours {
  paper: Rgb
  ink: Rgb
  accent: Rgb
}

const picture = (
  { width, height }: { width: number; height: number },
  colourAt: (x: number, y: number) => Rgb,
): Content => ({
  bytes: pngOf({ width, height, colourAt, fine: 2 }),
  contentType: 'image/png',
})

const within = (x: number, y: number, [left, top, width, height]: readonly number[]): boolean =>
  x >= (left ?? 0) &&
  x <= (left ?? 0) + (width ?? 0) &&
  y >= (top ?? 0) &&
  y <= (top ?? 0) + (height ?? 0)

/** A start page as designers sketch one: a bar, a headline, a button, three cards. */
export function wireframe({ paper, ink, accent }: Colours): Content {
  const bars = [
    [0.08, 0.3, 0.44, 0.06],
    [0.08, 0.39, 0.34, 0.06],
    [0.08, 0.07, 0.1, 0.03],
  ]
  const cards = [0.08, 0.37, 0.66].map((left) => [left, 0.7, 0.26, 0.24])
  return picture({ width: 720, height: 480 }, (x, y) => {
    if (within(x, y, [0.08, 0.52, 0.16, 0.07])) return accent
    if (Math.hypot((x - 0.78) * 1.5, y - 0.38) < 0.18) return accent
    if (bars.some((bar) => within(x, y, bar)) || y < 0.012) return ink
    return cards.some((card) => within(x, y, card)) ? mixed(paper, ink) : paper
  })
}

/** A tenth of the other. */
const mixed = (one: Rgb, other: Rgb): Rgb => [
  one[0] * 0.9 + other[0] * 0.1,
  one[1] * 0.9 + other[1] * 0.1,
  one[2] * 0.9 + other[2] * 0.1,
]

/** A cup from above: what a coffee house has for a logo. */
export const mark = ({ paper, ink, accent }: Colours): Content =>
  picture({ width: 480, height: 480 }, (x, y) => {
    const from = Math.hypot(x - 0.46, y - 0.5)
    if (from < 0.2)
      return Math.abs(x - 0.46 - 0.05 * Math.sin((y - 0.5) * 16)) < 0.02 ? paper : accent
    if (from < 0.3) return ink
    const handle = Math.hypot(x - 0.77, y - 0.5)
    return handle < 0.11 && handle > 0.06 ? ink : paper
  })

/** Two seconds of a chord that fades, as a WAV of one channel. */
export function sound(): Content {
  const rate = 8000
  const samples = rate * 2
  const bytes = Buffer.alloc(44 + samples * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + samples * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(samples * 2, 40)
  for (let sample = 0; sample < samples; sample++) {
    const at = sample / rate
    const chord = [220, 277.18, 329.63].reduce(
      (sum, pitch) => sum + Math.sin(2 * Math.PI * pitch * at),
      0,
    )
    bytes.writeInt16LE(Math.round(chord * 6000 * Math.exp(-2 * at)), 44 + sample * 2)
  }
  return { bytes, contentType: 'audio/wav' }
}
