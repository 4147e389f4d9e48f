// A mouse and a keyboard for the same flow. The keyboard reaches every control with the Tab key.

import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { isNightly } from '../nightly.js'

/** What a person does on a page. Each action waits until it is possible. */
export interface Hands {
  readonly name: string
  /** Presses a button or a link. */
  press(target: Locator): Promise<void>
  /** Checks a checkbox. */
  tick(target: Locator): Promise<void>
  /** Replaces the text of a field. */
  write(target: Locator, text: string): Promise<void>
  /** Chooses an option of a list, by its value or label. */
  choose(target: Locator, option: string): Promise<void>
}

/** No screen has more tab stops. */
const mostStops = 400

export const mouse: Hands = {
  name: 'mouse',
  press: (target) => target.click(),
  tick: (target) => target.check(),
  write: (target, text) => target.fill(text),
  choose: async (target, option) => void (await target.selectOption(option)),
}

/** The parts of a DOM element that the count of tab stops needs; these tests have no types of the DOM. */
interface Stop {
  readonly tabIndex: number
  readonly disabled?: boolean
  readonly type?: string
  readonly ownerDocument: { readonly activeElement: Stop; querySelectorAll(selector: string): Iterable<Stop> }
  compareDocumentPosition(other: Stop): number
  checkVisibility(options: { readonly visibilityProperty: boolean }): boolean
}

/** Counts the tab stops forwards to the target, or backwards (negative) if they are fewer. */
const stopsTo = (target: Locator): Promise<number> =>
  target.evaluate((element) => {
    const wanted = element as unknown as Stop
    const page = wanted.ownerDocument
    const stops = [...page.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
      (one) => one.tabIndex >= 0 && one.disabled !== true && one.checkVisibility({ visibilityProperty: true }),
    )
    const to = stops.indexOf(wanted)
    if (to === -1) return 0
    const active = page.activeElement
    const following = 4 // Node.DOCUMENT_POSITION_FOLLOWING
    const passed = stops.filter((one) => one === active || (one.compareDocumentPosition(active) & following) !== 0)
    // Between the last stop and the first one, nothing has the focus.
    const all = stops.length + 1
    const forwards = (to + 1 - passed.length + all) % all
    // Backwards, the keyboard reaches the year of a date first.
    return forwards <= all / 2 || wanted.type === 'date' ? forwards : forwards - all
  })

/** Presses Tab, or Shift and Tab if that is shorter, until the target has the focus. */
async function reach(target: Locator): Promise<void> {
  await target.waitFor()
  await expect.poll(() => target.isEnabled()).toBe(true)
  const { keyboard: keys } = target.page()
  const hasFocus = async () => (await target.and(target.page().locator(':focus')).count()) === 1
  if (await hasFocus()) return
  const likely = await stopsTo(target)
  const key = likely < 0 ? 'Shift+Tab' : 'Tab'
  let stops = 0
  // Reading the focus after each stop takes longer than the stops.
  for (; stops < Math.abs(likely); stops += 1) await keys.press(key)
  for (; stops < mostStops; stops += 1) {
    if (await hasFocus()) return
    await keys.press('Tab')
  }
  throw new Error(`The tabulator never comes to ${String(target)}.`)
}

/** Moves a slider step by step. */
async function slide(target: Locator, to: number): Promise<void> {
  for (let steps = 0; steps < mostStops; steps += 1) {
    const at = Number(await target.inputValue())
    if (at === to) return
    await target.page().keyboard.press(at < to ? 'ArrowRight' : 'ArrowLeft')
  }
  throw new Error(`${String(target)} never comes to ${to}.`)
}

/** Formats a date as the page's language writes it. */
const typed = (text: string, type: string | null): string =>
  type === 'date' ? text.replace(/^(\d+)-(\d+)-(\d+)$/, '$2$3$1') : text

export const keyboard: Hands = {
  name: 'keyboard alone',
  async press(target) {
    await reach(target)
    await target.page().keyboard.press('Enter')
  },
  async tick(target) {
    await reach(target)
    if (!(await target.isChecked())) await target.page().keyboard.press('Space')
    await expect.poll(() => target.isChecked()).toBe(true)
  },
  async write(target, text) {
    await reach(target)
    const { keyboard: keys } = target.page()
    const type = await target.getAttribute('type')
    if (type === 'range') return slide(target, Number(text))
    await keys.press('Control+A')
    if (text === '') await keys.press('Delete')
    else await keys.type(typed(text, type))
  },
  async choose(target, option) {
    await reach(target)
    const label = await target
      .locator('option')
      .evaluateAll(
        (options, wanted) =>
          (options as unknown as { value: string; label: string }[]).find((one) =>
            [one.value, one.label].includes(wanted),
          )?.label ?? '',
        option,
      )
    await target.page().keyboard.type(label)
    await expect.poll(() => target.locator('option:checked').textContent()).toBe(label)
  },
}

export const pairs: readonly Hands[] = [mouse, keyboard]

/**
 * The hands for the flows of one screen: only the keyboard, because it has to reach every control. The main flow and all
 * other tests use a mouse. The nightly test run plays every flow with both.
 */
export const handsOfScreens: readonly Hands[] = isNightly ? pairs : [keyboard]
