// The Content-Security-Policy of a Custom UI page: blocks foreign and inline content, except what the manifest declares.

import type { Manifest } from '../app/manifest.js'

/** @see https://developer.atlassian.com/platform/forge/add-content-security-and-egress-controls/ */
export function cspOf({ content, external }: Manifest): string {
  const quoted = (values: readonly string[]) => values.map((value) => `'${value.replaceAll("'", '')}'`)
  const hosts = (name: keyof Manifest['external']) => external[name]
  const rules: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...quoted(content.scripts), ...hosts('scripts')],
    'style-src': ["'self'", ...quoted(content.styles), ...hosts('styles')],
    'img-src': ["'self'", 'data:', 'blob:', ...hosts('images')],
    'font-src': ["'self'", 'data:', ...hosts('fonts')],
    'media-src': ["'self'", 'data:', 'blob:', ...hosts('media')],
    'connect-src': ["'self'", ...hosts('client')],
    'frame-src': ["'self'", ...hosts('frames')],
    'frame-ancestors': ["'self'"],
    'form-action': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
  }
  return Object.entries(rules)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}
