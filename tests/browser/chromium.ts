// One Chromium for all test files of a process, and pages that record their errors. It closes when the process ends.

import axe, { type AxeResults } from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from './find-chromium.js'

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-extensions'

interface PageOptions {
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly timezoneId?: string
  /** With an empty cache, as on the first visit. */
  readonly firstVisit?: boolean
}

interface Checked {
  readonly rules?: readonly string[] | undefined
  /** A selector. */
  readonly part?: string | undefined
}

async function launch(): Promise<Browser> {
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('No Chromium was found. Name one in ROLLCALL_CHROMIUM.')
  return chromium.launch({ executablePath, args: flags.split(' ') })
}
let launched: Promise<Browser> | undefined
const browser = () => (launched ??= launch())

/** Pages that tests have closed. Chromium does not compile the scripts again in them. */
const blank: Page[] = []
const listened = ['console', 'pageerror', 'request', 'response'] as const

async function newPage(timezoneId?: string): Promise<Page> {
  const context = await (await browser()).newContext(timezoneId === undefined ? {} : { timezoneId })
  return context.newPage()
}

/** Waits until the controls have changed their colours. As text, because these tests have no types of the DOM. */
const transitionsEnd =
  'Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished))'

/** Removes everything that a test has left in its page. */
async function makeBlank(page: Page): Promise<void> {
  const context = page.context()
  for (const other of context.pages()) if (other !== page) await other.close()
  for (const event of listened) page.removeAllListeners(event)
  await page.unrouteAll({ behavior: 'wait' })
  await context.unrouteAll({ behavior: 'wait' })
  await page.evaluate('try { localStorage.clear(); sessionStorage.clear() } catch {}')
  await context.clearCookies()
  await page.goto('about:blank')
}

/** Opens a page that shares only the cache of scripts with those of other tests. */
export async function openPage({ colorScheme = 'light', viewport, timezoneId, firstVisit = false }: PageOptions = {}) {
  const keep = timezoneId === undefined && !firstVisit
  const page = (keep ? blank.pop() : undefined) ?? (await newPage(timezoneId))
  // Without animations, because Chromium would paint them again and again.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.setViewportSize(viewport ?? { width: 1280, height: 720 })
  const complaints: string[] = []
  const answers: Promise<string>[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('response', (response) => {
    if (/\/(bridge|api\/.*)$/.test(new URL(response.url()).pathname)) answers.push(response.text().catch(() => ''))
  })
  return {
    page,
    /** Violations of the content security policy, and errors of scripts. */
    complaints,
    /** The text of each response of a host since the page opened. */
    answered: async () => (await Promise.all(answers)).join('\n'),
    /** Lists the violations of the page or of a part of it, by all rules of axe or by the given ones. */
    async violations({ rules, part }: Checked = {}) {
      await page.evaluate(transitionsEnd)
      if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source)
      // Without reading the style sheets, which only an experimental rule needs.
      const options = {
        resultTypes: ['violations'],
        preload: { assets: ['media'] },
        ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: rules } }),
      }
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run(${JSON.stringify(part ?? null)} ?? document, ${JSON.stringify(options)})`,
      )
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
    },
    async close() {
      if (!keep) return page.context().close()
      await makeBlank(page)
      blank.push(page)
    },
  }
}
