// Stories inside Jira need MariaDB. Without it, the report shows them as skipped.

import { beforeEach } from 'vitest'
import { withoutForge } from './host.js'

beforeEach(({ skip }) => skip(withoutForge, 'MariaDB was not found and could not be installed'))
