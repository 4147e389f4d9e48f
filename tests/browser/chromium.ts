// A real Chromium, and pages in it that note what they complain of.

import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser } from 'playwright-core'
import { findChromium } from './find-chromium.js'

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

export async function launch(): Promise<Browser> {
  const executablePath = await findChromium()
  if (executablePath === undefined) throw new Error('No Chromium was found. Name one in ROLLCALL_CHROMIUM.')
  return chromium.launch({ executablePath, args: flags.split(' ') })
}

/** Opens a page in a context of its own; `answers` collects the text of whatever a host answers to it from now on. */
export async function openPage(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) {
  const page = await (await browser.newContext(options)).newPage()
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
    complaints,
    answered: async () => (await Promise.all(answers)).join('\n'),
    /** The names of the rules of accessibility that the page breaks as it is now. */
    async violations() {
      // In the page itself: otherwise each look opens another page for its report.
      const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
      const { violations } = await axe.analyze()
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
    },
    close: () => page.context().close(),
  }
}
