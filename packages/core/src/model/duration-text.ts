// A duration as policies, filters and commands write it: at least one day.

import { z } from 'zod'
import { day, parseDuration } from './time.js'

export const durationProblem = 'must be a duration of at least one day, such as 90d or 12w; "m" stands for minutes'

export const isDurationText = (text: string): boolean => (parseDuration(text) ?? 0) >= day

/** At least one day: "3m" means three minutes, but an admin who writes it means three months. */
export const durationText = z.string().refine(isDurationText, durationProblem)
