// Whether this is the nightly test run, which plays every life. Every other run plays a fixed choice of them.

export const isNightly = process.env['ROLLCALL_NIGHTLY'] === '1'
