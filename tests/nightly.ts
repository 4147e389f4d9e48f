// Whether this is the nightly test run. It tries every variant of a test; any other run tries a fixed choice of them.

export const isNightly = process.env['ROLLCALL_NIGHTLY'] === '1'
