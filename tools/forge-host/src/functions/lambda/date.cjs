// The app's dates follow the host's clock, also while an invocation runs.

exports.installDate = (ahead) => {
  const RealDate = Date
  const now = () => Math.round(RealDate.now() + ahead[0])
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}
