// npm start: the main job. Its parts are not connected yet, and it says so instead of pretending.

console.error(
  'Rollcall cannot run yet: the connection to Atlassian, the server and the command line are not written. See CHANGELOG.md.',
)
process.exit(1)
