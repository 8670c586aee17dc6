// Written by `npm run messages` from en.json.

/** What the parameters of each message are, by its path in `en.json`. @typeParam W what stands for words. */
export interface MessageParameters<W> {
  'errors.prompt_too_long': { length: number; max: number };
  'errors.prompt_characters': { character: W; position: number };
  'errors.model_unknown': { model: W; models: W };
  'errors.model_withdrawn': { model: W; successor?: W | null | undefined };
  'errors.option_unknown': { option: W; nearest?: W | null | undefined; options: W };
  'errors.option_unsupported': { model: W; option: W };
  'errors.option_value': { option: W; expected: W };
  'errors.queue_full': { running: number; waiting: number; max: number; roomAt?: number | null | undefined };
  'errors.quota_exhausted': {
    cost: number;
    scope: 'default' | 'everyone' | 'role' | 'member' | 'channel' | 'community';
    subject: W;
    quota: number;
    period: 'hour' | 'day' | 'week' | 'month';
    used: number;
    granted: number;
    left: number;
    resetsAt: number;
  };
  'errors.quota_forbidden': { scope: 'default' | 'everyone' | 'role' | 'member' | 'channel' | 'community'; subject: W };
  'errors.channel_exhausted': {
    cost: number;
    quota: number;
    period: 'hour' | 'day' | 'week' | 'month';
    used: number;
    resetsAt: number;
  };
  'errors.budget_exhausted': {
    cost: number;
    quota: number;
    period: 'hour' | 'day' | 'week' | 'month';
    used: number;
    resetsAt: number;
  };
  'errors.paused': { reason?: W | null | undefined };
  'errors.blocked': { until?: number | null | undefined; reason?: W | null | undefined };
  'errors.model_disabled': { model: W; models?: W | null | undefined };
  'errors.word_invalid': { reason: 'empty' | 'long' | 'regex' | 'everything'; word: W };
  'errors.cancel_too_late': { why: 'cancelled' | 'running' | 'finished' };
  'errors.command_unknown': { command: W };
  'errors.rejected': { hint?: W | null | undefined };
  'errors.moderated': { hint?: W | null | undefined };
  'errors.provider_failed': { hint?: W | null | undefined };
  'errors.timed_out': { minutes: number };
  modelChoice: { model: W; label: W; credits: number; seconds: number; silent?: number | null | undefined };
  priced: { label: W; credits: number };
  useModel: { model: W };
  'asking.text': { words: W };
  'cards.queuedText': { position: number };
  'cards.queuedNotBefore': { at: number };
  'cards.tooLarge': { size: W; limit: W };
  'cards.linkExpires': { until: number };
  'cards.refund': { credits: number };
  'cards.heldNote': { credits: number };
  'cards.dropped': { model: W; option: W };
  'queue.place': { position: number };
  'queue.notBefore': { at: number };
  'queue.since': { at: number };
  'queue.ready': { at: number };
  'queue.more': { count: number };
  'queue.cancel': { number: number };
  'history.page': { page: number };
  'history.deliver': { number: number };
  'quota.left': { left: number; of: number };
  'quota.resets': { at: number };
  'quota.rule': { limit: W };
  'quota.roleRule': { role: W; limit: W };
  'quota.ownRule': { limit: W };
  'quota.granted': { credits: number; ends?: number | null | undefined };
  'quota.channel': { of: number; left: number; at: number };
  'quota.budget': { of: number; left: number; at: number };
  'quota.cost': { label: W; credits: number; seconds: number };
  'quota.spendable': { spendable: number; credits: number; left: number; of: number; ends?: number | null | undefined };
  'moderators.added': { name: W };
  'moderators.known': { name: W };
  'moderators.removed': { name: W };
  'moderators.unknown': { name: W };
  'moderators.full': { max: number };
  'conduct.page': { page: number; of: number };
  'conduct.reasonExpected': { max: number };
  'conduct.blocks.blocked': { member: W; until?: number | null | undefined; reason?: W | null | undefined };
  'conduct.blocks.unblocked': { member: W };
  'conduct.blocks.notBlocked': { member: W };
  'conduct.blocks.line': { member: W; until?: number | null | undefined; by: W; reason?: W | null | undefined };
  'conduct.channels.allowed': { channel: W };
  'conduct.channels.denied': { channel: W };
  'conduct.channels.cleared': { channel: W };
  'conduct.channels.unlisted': { channel: W };
  'conduct.channels.noNumber': { number: number };
  'conduct.models.enabled': { model: W };
  'conduct.models.disabled': { model: W };
  'conduct.models.last': { model: W };
  'conduct.models.cost': { model: W; credits: number; seconds: number; resolution?: W | null | undefined };
  'conduct.models.line': { model: W; prices: W; seconds: number };
  'conduct.models.goneLine': { model: W };
  'conduct.words.added': { word: W };
  'conduct.words.known': { word: W };
  'conduct.words.removed': { word: W };
  'conduct.words.unknown': { word: W };
  'conduct.words.full': { max: number };
  'conduct.words.patternsFull': { max: number };
  'conduct.settings.timeZoneSet': { zone: W };
  'conduct.settings.isPaused': { reason?: W | null | undefined };
  'conduct.log.on': { channel: W };
  'conduct.pause.paused': { reason?: W | null | undefined };
  'audit.entries.quota.set': { actor: W; subject?: W | null | undefined; after: W; before?: W | null | undefined };
  'audit.entries.quota.clear': { actor: W; subject?: W | null | undefined; before?: W | null | undefined };
  'audit.entries.quota.grant': { actor: W; subject: W; after: W };
  'audit.entries.quota.revoke': { actor: W; subject: W; before: W };
  'audit.entries.budget.set': { actor: W; after: W; before?: W | null | undefined };
  'audit.entries.budget.clear': { actor: W; before?: W | null | undefined };
  'audit.entries.pace.set': { actor: W; subject?: W | null | undefined; after: W; before?: W | null | undefined };
  'audit.entries.pace.clear': { actor: W; subject?: W | null | undefined; before?: W | null | undefined };
  'audit.entries.block': { actor: W; subject: W; after: W };
  'audit.entries.unblock': { actor: W; subject: W; before?: W | null | undefined };
  'audit.entries.channel.allow': { actor: W; subject: W };
  'audit.entries.channel.deny': { actor: W; subject: W };
  'audit.entries.channel.clear': { actor: W; subject: W };
  'audit.entries.model.enable': { actor: W; subject: W };
  'audit.entries.model.disable': { actor: W; subject: W };
  'audit.entries.model.cost': { actor: W; subject: W; after: W; before?: W | null | undefined };
  'audit.entries.word.add': { actor: W; subject: W };
  'audit.entries.word.remove': { actor: W; subject: W };
  'audit.entries.moderators.add': { actor: W; subject: W };
  'audit.entries.moderators.remove': { actor: W; subject: W };
  'audit.entries.settings.timezone': { actor: W; after: W; before?: W | null | undefined };
  'audit.entries.settings.private': { actor: W; after: 'on' | 'off' };
  'audit.entries.settings.log': { actor: W; after: W; before?: W | null | undefined };
  'audit.entries.pause': { actor: W; after: W };
  'audit.entries.resume': { actor: W; before?: W | null | undefined };
  'audit.entries.cancel': { actor: W; subject: W };
  'audit.entries.delete': { actor: W; subject: W };
  'audit.entries.forget': { actor: W; subject: W; before: W };
  'audit.entries.report': { actor: W; subject: W };
  'usage.since': { at: number; timeZone: W };
  'usage.figure': { count: number; change: number };
  'usage.share': { name: W; videos: number; credits: number };
  'usage.picture.alt': { videos: number; before: number };
  'usage.export.text': { videos: number };
  'usage.export.omitted': { videos: number };
  'usage.export.alt': { videos: number };
  'forget.ask': { who: W };
  'forget.done': { videos: number; who: W };
  'forget.doneOwn': { videos: number };
  'forget.unfinished': { videos: number };
  'cancelling.all': { videos: number };
  'cancelling.of': { videos: number; who: W };
  'cancelling.noneOf': { who: W };
  'log.made': { who: W; model: W; where: W; credits: number };
  'log.ended': { who: W; model: W; where: W; outcome: W; why?: W | null | undefined };
  'log.refusal': { who: W; where: W; why: W };
  'log.report': { who: W; whose: W; reason?: W | null | undefined };
  'log.spent': { percent: number; used: number; of: number; resetsAt: number };
  'log.deletedBy': { who: W };
  'home.counts': { more: boolean; running: number; waiting: number };
  'home.usedToday': { credits: number };
  'home.asOf': { at: number };
  left: { left: number; of: number };
  credits: { credits: number };
  bytes: { megabytes: number };
  expected: { low?: W | null | undefined; high: W };
  'durations.minutes': { count: number };
  'durations.seconds': { count: number };
  'optionValues.duration': { seconds: number };
  whole: { minimum: number; maximum: number };
  'limits.is': { scope: 'member' | 'role' | 'everyone' | 'channel' | 'community'; subject: W; limit: W };
  'limits.before': { limit: W };
  'limits.gone': { scope: 'member' | 'role' | 'everyone' | 'channel' | 'community'; subject: W; limit: W };
  'limits.none': { scope: 'member' | 'role' | 'everyone' | 'channel' | 'community'; subject: W };
  'limits.noNumber': { number: number };
  'limits.instead.everyone': { limit: W };
  'limits.nameOne': { names: W };
  'limits.nameOnlyOne': { names: W };
  'limits.granted': { member: W; credits: number; ends?: number | null | undefined };
  'limits.grantedInAll': { credits: number };
  'limits.revoked': { credits: number; member: W };
  'limits.noneGranted': { member: W };
  'limits.list.rule': {
    number: number;
    scope: 'member' | 'role' | 'everyone' | 'channel' | 'community';
    subject: W;
    limit: W;
  };
  'limits.list.fallback': { limit: W };
  'limits.list.grant': { member: W; left: number; of: number; ends?: number | null | undefined };
  'limits.list.pace': { role?: W | null | undefined; pace: W };
  'limits.list.paceFallback': { pace: W };
  'limits.standing.has': { member: W; limit: W };
  'limits.standing.why.role': { role: W };
  'limits.standing.used': { credits: number };
  'limits.standing.left': { credits: number; at?: number | null | undefined };
  'limits.standing.granted': { credits: number; ends?: number | null | undefined };
  'limits.standing.budget': { left: number; of: number };
  'limits.standing.pace': { pace: W };
  'limits.pace.is': { role?: W | null | undefined; pace: W };
  'limits.pace.gone': { role?: W | null | undefined };
  'limits.pace.none': { role?: W | null | undefined };
  'limits.pace.instead': { pace: W };
  'limits.pace.nothing': { names: W };
  'limits.pace.parts.concurrency': { count: number };
  'limits.pace.parts.waiting': { count: number };
  'limits.pace.parts.starts': { count: number; per: 'second' | 'minute' | 'hour' | 'day' };
  'limits.expected.credits': { max: number };
  'limits.amount': { credits?: number | null | undefined; period: 'hour' | 'day' | 'week' | 'month' };
  'page.announce.toYou': { text: W };
  'page.announce.to': { name: W; text: W };
  'page.announce.toAll': { text: W };
  'page.nonsense': { status: W };
  'page.refused': { status: W };
  'page.clip': { name: W };
  'page.messageTo': { channel: W };
  'page.enterSends': { description: W };
  'page.canAdd': { options: W };
  'page.optionsOf': { command: W };
  'page.remove': { option: W };
  'page.count': { length: W; most: W };
  'page.atLeast': { least: W };
  'page.atMost': { most: W };
  'page.mustBe': { option: W; expected: W };
  'page.isNeeded': { option: W; description: W };
  'page.tooLong': { option: W; length: W; most: W };
  'page.whole': { minimum: W; maximum: W };
  'page.soFar': { time: W };
  'page.late': { usually: W };
  started: { at: number };
}

/** The messages that hold a moment. */
export type MessageWithMoment =
  | 'errors.queue_full'
  | 'errors.quota_exhausted'
  | 'errors.channel_exhausted'
  | 'errors.budget_exhausted'
  | 'errors.blocked'
  | 'cards.queuedNotBefore'
  | 'cards.linkExpires'
  | 'queue.notBefore'
  | 'queue.since'
  | 'queue.ready'
  | 'quota.resets'
  | 'quota.granted'
  | 'quota.channel'
  | 'quota.budget'
  | 'quota.spendable'
  | 'conduct.blocks.blocked'
  | 'conduct.blocks.line'
  | 'usage.since'
  | 'log.spent'
  | 'home.asOf'
  | 'limits.granted'
  | 'limits.list.grant'
  | 'limits.standing.left'
  | 'limits.standing.granted'
  | 'started';
