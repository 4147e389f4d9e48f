// The theme: Jira's inside Jira, otherwise the browser's.
import { loadBridge } from './bridge'
import { inJira } from './host'

export type ColorMode = 'light' | 'dark' | 'auto'

/** After this time the page uses the browser's colors. */
const timeoutMs = 2_000

const html = document.documentElement
const shown = (mode: string | undefined): ColorMode | undefined =>
  mode === 'light' || mode === 'dark' ? mode : undefined

async function joinJira(): Promise<ColorMode> {
  const { view } = await loadBridge()
  await view.theme.enable()
  return shown(html.dataset['colorMode']) ?? shown((await view.getContext()).theme?.colorMode) ?? 'auto'
}

/** Resolves with the initial color mode; never rejects. */
export function startTheme(): Promise<ColorMode> {
  if (!inJira) return Promise.resolve('auto')
  const late = new Promise<ColorMode>((resolve) => setTimeout(() => resolve('auto'), timeoutMs))
  return Promise.race([joinJira().catch(() => 'auto' as const), late])
}

/** Calls back when Jira changes its color mode. Returns the function that stops it. */
export function watchTheme(onChange: (mode: ColorMode) => void): () => void {
  if (!inJira) return () => undefined
  const observer = new MutationObserver(() => onChange(shown(html.dataset['colorMode']) ?? 'auto'))
  observer.observe(html, { attributeFilter: ['data-color-mode'] })
  return () => observer.disconnect()
}
