/** No papers, mails or links from now on: where the ledger alone counts, they would take most of the time. */
export const withoutJobs = (db: D1Database): Promise<unknown> =>
  db.prepare('create trigger no_jobs before insert on job begin select raise(ignore); end').run()

/** No papers from now on: drawing them takes most of the time where they are not what is tried. */
export const withoutPapers = (db: D1Database): Promise<unknown> =>
  db
    .prepare(
      `create trigger no_papers before insert on job when new.kind = 'document.make'
      begin select raise(ignore); end`,
    )
    .run()

/** Jobs from now on are kept and wait: that there are as many as there should be can be counted. */
export const withJobsWaiting = (db: D1Database): Promise<unknown> =>
  db
    .prepare(
      `create trigger jobs_wait after insert on job
      begin update job set next_at = 9e15 where id = new.id; end`,
    )
    .run()
