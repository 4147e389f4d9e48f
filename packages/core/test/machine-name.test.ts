// Names of machines: their accounts are protected. People whose names only look like it are not.

import { describe, expect, it } from 'vitest'
import { protectedBy } from '../src/model/protection.js'
import { account, testNow } from '../src/testing/index.js'

const codeOf = (name: string, email = 'someone@acme.example') =>
  protectedBy(account({ name, email }), [], testNow)?.code

describe('protects as a machine', () => {
  it.each([
    'svcJira',
    'svcjira',
    'SVC Jira',
    'JiraBot',
    'buildbot',
    'build_bot2',
    'acme-bot',
    'Deploy Bot',
    'CI Bot',
    'Bot 7',
    'Bot',
    'Jenkins',
    'Jenkins Acme',
    'Jenkins Prod',
    'GitHub CI',
    'Acme CI',
    'ci-runner',
    'Servicekonto',
    'Servicekonto Jira',
    'Kundenservice',
    'serviceAccount',
    'Technical Account',
    'jira.sync.prod',
    'JiraSync',
    'no-reply',
    'No Reply',
    'Do Not Reply',
    'do_not_reply',
    'Data Integration',
    'ｓｖｃ－ｊｉｒａ',
  ])('the name %s', (name) => expect(codeOf(name)).toBe('likely-service-account'))

  it.each([
    'do-not-reply@acme.example',
    'donotreply@acme.example',
    'jira_sync.prod@acme.example',
    'svcJira@acme.example',
    'buildbot@acme.example',
    'bot@acme.example',
    'jenkins@acme.example',
    'jira-ci@acme.example',
    '8f2c@serviceaccount.atlassian.com',
    'a1b2@CONNECT.atlassian.com',
    '7+mia@users.noreply.github.com',
  ])('the address %s', (email) => expect(codeOf('Mia Ma', email)).toBe('likely-service-account'))
})

describe('does not protect', () => {
  it.each([
    ['Jan Bot', 'jan.bot@acme.example'],
    ['Jan Bot', 'jan_bot2@acme.example'],
    ['Jan Bot', 'jbot@acme.example'],
    ['JAN BOT', 'j.bot@acme.example'],
    ['Anna Smith-Bot', 'anna@acme.example'],
    ['Ci Yuan', 'ci.yuan@acme.example'],
    ['Ci Yuan', 'yuan.ci@acme.example'],
    ['Nina Cićmil', 'nina.cicmil@acme.example'],
    ['Nina Ci\u0107mil'.normalize('NFD'), 'nina@acme.example'],
    ['Robot Abbott', 'abbott@acme.example'],
    ['Marie Talbot', 'talbot@acme.example'],
    ['Sébastien Cabot', 'cabot@acme.example'],
    ['Katherine Jenkins', 'katherine.jenkins@acme.example'],
    ['Louis Botha', 'botha@acme.example'],
    ['Mia Ma', 'mia@service.example'],
    ['Mia Ma', 'mia@bot.example'],
  ])('%s, %s', (name, email) => expect(codeOf(name, email)).toBeUndefined())
})
