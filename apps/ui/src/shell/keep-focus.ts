// Keeps the keyboard focus in place. When the focused element is removed or disabled, a browser moves the focus to the
// whole page, and a screen reader starts over. This moves it to the nearest region around that element instead.

/** The regions that can take the focus. */
const regions = 'section, nav, fieldset, dialog, details, [role="group"], [role="search"], main'

const around = (element: Element): readonly Element[] => {
  const parent = element.parentElement
  return parent === null ? [] : [parent, ...around(parent)]
}

/** Watches a page. Returns the function that stops it. */
export function keepFocus(page: HTMLElement): () => void {
  let focused: Element | undefined
  let ancestors: readonly Element[] = []
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    focused = target
    ancestors = around(target)
  }
  // A click elsewhere moves the focus on purpose.
  const forget = () => {
    focused = undefined
  }
  const moveFocus = () => {
    const active = document.activeElement
    if (focused === undefined || (active !== null && active !== document.body && active !== focused)) return
    if (focused.isConnected && !focused.matches(':disabled')) return
    const region = ancestors.find((one) => one.isConnected && one.matches(regions))
    if (!(region instanceof HTMLElement)) return
    if (!region.hasAttribute('tabindex')) region.tabIndex = -1
    region.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(moveFocus)
  page.addEventListener('focusin', remember)
  page.addEventListener('pointerdown', forget, { capture: true })
  observer.observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] })
  return () => {
    observer.disconnect()
    page.removeEventListener('focusin', remember)
    page.removeEventListener('pointerdown', forget, { capture: true })
  }
}
