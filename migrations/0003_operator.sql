ALTER TABLE `job` ADD `held_until` integer;--> statement-breakpoint
CREATE INDEX `job_failed` ON `job` (`id`) WHERE "job"."error" is not null;--> statement-breakpoint
CREATE INDEX `email_stuck` ON `email` (`id`) WHERE "email"."retried_by" is null and ("email"."state" in ('bounced', 'failed') or ("email"."state" = 'unknown' and "email"."unanswered" >= 2));