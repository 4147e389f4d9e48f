// Keeps the keyboard where it was. When what had the focus vanishes or is switched off, a browser drops the focus to the
// page as a whole, and a reader of the screen begins anew; here the nearest place around it takes it instead.

/** Parts of a page that are a place to be at. */
const places = 'section, nav, fieldset, dialog, details, [role="group"], [role="search"], main'

const around = (element: Element): readonly Element[] => {
  const parent = element.parentElement
  return parent === null ? [] : [parent, ...around(parent)]
}

/** Watches over a page; answers how to stop. */
export function keepFocus(page: HTMLElement): () => void {
  let had: Element | undefined
  let path: readonly Element[] = []
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    had = target
    path = around(target)
  }
  // Whoever clicks beside everything means to leave.
  const forget = () => {
    had = undefined
  }
  const look = () => {
    const active = document.activeElement
    if (had === undefined || (active !== null && active !== document.body && active !== had)) return
    if (had.isConnected && !had.matches(':disabled')) return
    const place = path.find((one) => one.isConnected && one.matches(places))
    if (!(place instanceof HTMLElement)) return
    if (!place.hasAttribute('tabindex')) place.tabIndex = -1
    place.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(look)
  page.addEventListener('focusin', remember)
  page.addEventListener('pointerdown', forget, { capture: true })
  observer.observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] })
  return () => {
    observer.disconnect()
    page.removeEventListener('focusin', remember)
    page.removeEventListener('pointerdown', forget, { capture: true })
  }
}
