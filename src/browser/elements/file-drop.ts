import type { Dropped, Uploads } from '../uploads/panel.ts'

/**
 * `<file-drop>` around a form with files. With a script they go on their way as soon as they are chosen
 * or dropped, in pieces that outlive a lost connection. What sends them is loaded when there is one;
 * where it can't be, the form is as it was.
 */
class FileDrop extends HTMLElement {
  #input!: HTMLInputElement
  #loading: Promise<Uploads> | undefined

  connectedCallback(): void {
    const form = this.querySelector('form')
    const input = this.querySelector<HTMLInputElement>('input[type=file]')
    if (!form || !input || this.dataset['ready'] !== undefined) return
    this.#input = input
    this.#open(form, input)
    // Something was on its way when the page was left.
    if (kept(`uploads:${this.dataset['portal']}`)) void this.#load().catch(() => undefined)
  }

  #open(form: HTMLFormElement, input: HTMLInputElement): void {
    const zone = this.querySelector<HTMLElement>('[data-zone]') ?? form
    const hint = this.querySelector('[data-plain]')
    const pick = document.createElement('p')
    // The field says it to whoever doesn't see.
    pick.ariaHidden = 'true'
    pick.className = 'pick'
    pick.innerHTML = '<b>Choose files</b> or drop them here'
    zone.classList.add('zone')
    zone.prepend(pick)
    if (hint) hint.textContent = this.dataset['hint'] ?? ''
    this.dataset['ready'] = ''
    input.multiple = true
    input.required = false
    input.addEventListener('change', () => void this.#send(filesIn(input.files)))
    form.addEventListener('submit', (event) => {
      if (this.dataset['ready'] === undefined) return
      // Enter in another of its fields.
      event.preventDefault()
      event.stopPropagation()
      input.click()
    })
    listen(zone, (files, list) => {
      input.files = list
      void this.#send(files)
    })
  }

  #load(): Promise<Uploads> {
    this.#loading ??= import('../uploads/panel.ts').then(({ openUploads }) => openUploads(this))
    return this.#loading
  }

  async #send(files: readonly Dropped[]): Promise<void> {
    if (files.length === 0 || this.dataset['ready'] === undefined) return
    try {
      const uploads = await this.#load()
      this.#input.value = ''
      uploads.add(files)
    } catch {
      this.#loading = undefined
      this.#close()
    }
  }

  /** Back to the form, with what was chosen still in it. */
  #close(): void {
    delete this.dataset['ready']
    this.querySelector('.pick')?.remove()
    this.querySelector('.zone')?.classList.remove('zone')
    this.#input.required = true
  }
}

const filesIn = (list: FileList | null): Dropped[] =>
  [...(list ?? [])].map((file) => ({ file, folder: false }))

/** A browser that keeps nothing has nothing to go on with. */
function kept(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}

const carriesFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.includes('Files') ?? false

/** Hands over what is dropped on the zone. */
function listen(zone: HTMLElement, take: (files: Dropped[], list: FileList) => void): void {
  const over = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    zone.dataset['over'] = ''
  }
  const out = () => delete zone.dataset['over']
  zone.addEventListener('dragenter', over)
  zone.addEventListener('dragover', over)
  zone.addEventListener('dragleave', out)
  zone.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    out()
    const { items, files } = event.dataTransfer ?? {}
    const entries = [...(items ?? [])].filter(({ kind }) => kind === 'file')
    const folders = entries.map((item) => item.webkitGetAsEntry?.()?.isDirectory ?? false)
    if (!files) return
    take(
      [...files].map((file, index) => ({ file, folder: folders[index] ?? false })),
      files,
    )
  })
}

// Dropped beside the zone, a file would be opened in the place of the page.
for (const kind of ['dragover', 'drop'] as const) {
  addEventListener(kind, (event) => {
    if (carriesFiles(event)) event.preventDefault()
  })
}

customElements.define('file-drop', FileDrop)
