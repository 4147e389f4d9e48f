// Loads the page again: in a frame that is Jira's to do, since it would lose track of a frame that reloads itself.
import { loadBridge } from './bridge'
import { inJira } from './host'

export async function reloadPage(): Promise<void> {
  if (!inJira) return window.location.reload()
  const { router } = await loadBridge()
  return router.reload()
}
