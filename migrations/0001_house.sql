CREATE TABLE `idempotency` (
	`organization_id` text NOT NULL,
	`caller` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`resource` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `caller`, `key`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `idempotency_age` ON `idempotency` (`created_at`);--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_once` ON `invitation` (`organization_id`,`email`);--> statement-breakpoint
CREATE INDEX `invitation_newest` ON `invitation` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `invitation_email` ON `invitation` (`email`,`expires_at`);--> statement-breakpoint
ALTER TABLE `api_key` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `api_key` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `organization` ADD `legal_name` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `address` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `tax_id` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `accent` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `logo` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `payment_terms` integer DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE `organization` ADD `sender_name` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `reply_to` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `link_days` integer;--> statement-breakpoint
ALTER TABLE `portal` ADD `archived` integer GENERATED ALWAYS AS ((archived_at is not null)) VIRTUAL NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `last_activity_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `outstanding` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `portal_by_state` ON `portal` (`organization_id`,`archived`,`id`);--> statement-breakpoint
CREATE INDEX `portal_by_activity` ON `portal` (`organization_id`,`archived`,`last_activity_at`,`id`);--> statement-breakpoint
CREATE INDEX `portal_by_outstanding` ON `portal` (`organization_id`,`archived`,`currency`,`outstanding`,`id`);