// Reloads the page. Inside Jira, Jira does it, since it would lose track of a frame that reloads itself.
import { loadBridge } from './bridge'
import { inJira } from './host'

export async function reloadPage(): Promise<void> {
  if (!inJira) return window.location.reload()
  const { router } = await loadBridge()
  return router.reload()
}
