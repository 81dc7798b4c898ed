export type Given = string | Tree
export interface Tree {
  [name: string]: Given
}

function path(key: string): string[] {
  const [, head = '', rest = ''] = /^([^[]*)(.*)$/s.exec(key) ?? []
  return [head, ...[...rest.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part)]
}

/**
 * `a[b][0][c]=d` as nested objects; arrays are still objects with numbers as names, since only the
 * schema knows which is which. `a[]=x` counts on from what is there.
 */
export function parseForm(text: string): Tree {
  const root: Tree = Object.create(null)
  for (const [key, value] of new URLSearchParams(text)) {
    let tree = root
    const names = path(key)
    for (const [depth, name] of names.entries()) {
      const at = name === '' ? String(Object.keys(tree).length) : name
      if (depth === names.length - 1) {
        tree[at] = value
        break
      }
      const inner = tree[at]
      const next: Tree = typeof inner === 'object' ? inner : Object.create(null)
      tree[at] = next
      tree = next
    }
  }
  return root
}
