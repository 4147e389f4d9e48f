// Copies that a cache on the way has kept: what they say was true once, so nothing is decided by them.

import { DirectoryError } from '@rollcall/core'
import { redactKey, type ApiRequest, type ApiResponse } from './request.js'

/** True if a cache sent this response, and not Atlassian. An age of zero is Atlassian's own answer, passed on at once. */
export const isCached = ({ header }: Pick<ApiResponse, 'header'>): boolean => {
  const age = header('age')?.trim()
  return age !== undefined && !/^0+$/.test(age)
}

/** The error where a cache responds even to a request for a fresh answer. */
export function cachedCopy(request: ApiRequest, { header }: Pick<ApiResponse, 'header'>): DirectoryError {
  const age = /^\d+$/.exec(header('age')?.trim() ?? '')?.[0]
  const old = age === undefined ? 'an old copy' : `a copy that is ${age} seconds old`
  const what = `A cache responded to ${request.method} ${request.path.split('?')[0]} with ${old}, not Atlassian. Let the proxies on the way pass requests to Atlassian without a cache; nothing was changed.`
  return new DirectoryError('unexpected-response', redactKey(what, request))
}
