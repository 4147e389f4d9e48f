// The theme: Jira's inside Jira, which may be another one than that of the browser; the browser's elsewhere.
import { loadBridge } from './bridge'
import { inJira } from './host'

export type ColorMode = 'light' | 'dark' | 'auto'

/** The page is not kept waiting any longer: it is shown in the browser's colours then. */
const patienceMs = 2_000

const html = document.documentElement
const shown = (mode: string | undefined): ColorMode | undefined =>
  mode === 'light' || mode === 'dark' ? mode : undefined

async function joinJira(): Promise<ColorMode> {
  const { view } = await loadBridge()
  await view.theme.enable()
  return shown(html.dataset['colorMode']) ?? shown((await view.getContext()).theme?.colorMode) ?? 'auto'
}

/** Resolves with the colours to begin with; never rejects. */
export function startTheme(): Promise<ColorMode> {
  if (!inJira) return Promise.resolve('auto')
  const late = new Promise<ColorMode>((resolve) => setTimeout(() => resolve('auto'), patienceMs))
  return Promise.race([joinJira().catch(() => 'auto' as const), late])
}

/** Tells when Jira changes its colours; ends with the function that it returns. */
export function watchTheme(onChange: (mode: ColorMode) => void): () => void {
  if (!inJira) return () => undefined
  const observer = new MutationObserver(() => onChange(shown(html.dataset['colorMode']) ?? 'auto'))
  observer.observe(html, { attributeFilter: ['data-color-mode'] })
  return () => observer.disconnect()
}
