// Whether this is the nightly test run, which lives every life; every other one lives a fixed choice of them.

export const isNightly = process.env['ROLLCALL_NIGHTLY'] === '1'
