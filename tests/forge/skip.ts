// Stories inside Jira need a database: where there can be none they are visibly skipped.

import { beforeEach } from 'vitest'
import { withoutForge } from './host.js'

beforeEach(({ skip }) => skip(withoutForge, 'MariaDB was not found and could not be installed'))
