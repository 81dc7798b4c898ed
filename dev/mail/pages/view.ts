const parts = ['html', 'text', 'headers'] as const
const widths = ['wide', 'phone'] as const
const schemes = ['light', 'dark'] as const

/** How a mail is being looked at; it travels in the query, so that no script is needed. */
export interface View {
  part: (typeof parts)[number]
  width: (typeof widths)[number]
  scheme: (typeof schemes)[number]
}

function pick<T extends string>(options: readonly [T, ...T[]], given: string | undefined): T {
  return options.find((option) => option === given) ?? options[0]
}

export function viewOf(query: Record<string, string>): View {
  return {
    part: pick(parts, query['part']),
    width: pick(widths, query['width']),
    scheme: pick(schemes, query['scheme']),
  }
}

export function viewQuery({ part, width, scheme }: View): string {
  return `?${new URLSearchParams({ part, width, scheme })}`
}
