// Words in the names of accounts that belong to machines.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** A name with one of these words belongs to a machine. */
export const machineWords = words(`
  service services svc srv automation automations integration integrations noreply donotreply backup backups sync
  webhook webhooks servicekonto dienstkonto systemkonto funktionskonto serviceaccount botaccount botuser apiuser
  systemuser svcuser dependabot chatbot mailerdaemon`)

/** A word that begins or ends like this is a compound of machine words, such as `svcjira` or `jirasync`. */
export const machineBeginnings = ['svc', 'service', 'noreply', 'donotreply', 'automation', 'integration', 'backup']
export const machineEndings = ['svc', 'service', 'sync', 'automation', 'integration', 'backup', 'account', 'konto']

/** These are machines, and also names of people: Jan Bot, Ci Yuan, Katherine Jenkins. */
export const ambiguousWords = words('bot ci jenkins')

/** Beside one of these, an ambiguous word names a machine. */
export const machineContext = words(`
  the my our deploy deployment build builder release test tests testing qa git github gitlab slack teams jira confluence
  bitbucket atlassian opsgenie statuspage trello renovate sonar sonarqube docker kubernetes terraform ansible azure aws
  gcp devops ops cd cicd pipeline prod production staging stage dev server system api chat alert alerts alerting monitor
  monitoring security scan scanner support help helpdesk desk mail mailer email import importer export exporter report
  reports reporting data code review merge app web user account agent runner worker job jobs task scheduler script tool
  tools teamcity bamboo travis circle circleci zapier workato servicenow salesforce okta scim ldap team project issue
  issues ticket tickets notification notifications notify copilot ai gpt admin master node`)

/** Address domains of machines. */
export const machineDomains = ['serviceaccount.atlassian.com', 'connect.atlassian.com']
