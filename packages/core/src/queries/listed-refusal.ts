// A refusal in a list: its code, its cause and its sentence, without figures, and what the admin can do next.

import { remedyOf } from '../guard/refusals.js'
import type { Refusal } from '../model/refusal.js'

/** The cause decides the remedy where several causes share a code. */
export const listedRefusal = ({ code, cause, message }: Refusal) => ({
  code,
  ...(cause === undefined ? {} : { cause }),
  message,
  remedy: remedyOf({ code, ...(cause === undefined ? {} : { cause }) }),
})
