interface Drawn {
  /** Every element with the names of its attributes, in order: what text must never change. */
  skeleton: string[]
  /** The values of attributes that lead or load somewhere. */
  addresses: string[]
  /** What a person reads. */
  text: string
}

const leads = new Set(['href', 'src', 'action', 'formaction', 'srcset', 'poster', 'data'])

/** A page as a browser's parser takes it apart. */
export async function drawn(html: string): Promise<Drawn> {
  const skeleton: string[] = []
  const addresses: string[] = []
  let text = ''
  const rewriter = new HTMLRewriter().on('*', {
    element(element) {
      const attributes = [...element.attributes]
      skeleton.push([element.tagName, ...attributes.map(([name]) => name)].join(' '))
      for (const [name = '', value = ''] of attributes) {
        if (leads.has(name)) addresses.push(value)
      }
    },
    text(chunk) {
      text += chunk.text
    },
  })
  await rewriter.transform(new Response(html)).text()
  return { skeleton, addresses, text: unescaped(text) }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The characters that our pages write as entities. */
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (all, name: string) => entities[name] ?? all)
