// The page around the app: Jira's frame, a heading, and the sandboxed iframe.

import type { Manifest } from '../app/manifest.js'

/** What Custom UI iframes may do; popups, since here the frame itself opens the tabs that Jira would open for it. @see https://developer.atlassian.com/platform/forge/custom-ui/iframe/ */
const sandbox = [
  'allow-downloads',
  'allow-forms',
  'allow-modals',
  'allow-pointer-lock',
  'allow-same-origin',
  'allow-scripts',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
].join(' ')
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const frameCsp = "default-src 'none'; style-src 'self'; frame-src 'self'"
export const frameStyle = `html, body { height: 100%; margin: 0 }
body { display: flex; flex-direction: column; font: 14px/20px sans-serif; color: #172b4d }
header { padding: 12px 24px; border-bottom: 1px solid #dcdfe4 }
header p { margin: 0; color: #626f86 }
h1 { margin: 24px 24px 8px; font-size: 24px; line-height: 28px; font-weight: 500 }
iframe { flex: 1; width: 100%; border: 0 }
`

/** The outer page. */
export const frameOf = ({ page }: Manifest): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(page?.title ?? 'No page')} - Jira</title>
<link rel="stylesheet" href="/frame.css"></head>
<body>
<header><p>Jira admin</p></header>
<h1>${escaped(page?.title ?? 'No page')}</h1>
<iframe src="/app/" title="${escaped(page?.title ?? 'No page')}" sandbox="${sandbox}"></iframe>
</body>
</html>
`
