CREATE TABLE `owed_day` (
	`organization_id` text NOT NULL,
	`currency` text NOT NULL,
	`due_on` text NOT NULL,
	`amount` integer NOT NULL,
	`invoices` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `currency`, `due_on`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `payment_link` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`stripe_id` text,
	`url` text,
	`account_id` text,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`off_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoice`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_link_stripe` ON `payment_link` (`organization_id`,`stripe_id`);--> statement-breakpoint
CREATE INDEX `payment_link_invoice` ON `payment_link` (`invoice_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_link_current` ON `payment_link` (`invoice_id`) WHERE "payment_link"."state" <> 'off';--> statement-breakpoint
CREATE INDEX `payment_link_portal` ON `payment_link` (`portal_id`);--> statement-breakpoint
CREATE TABLE `stripe_account` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`endpoint` text NOT NULL,
	`sealed_key` text,
	`key_end` text,
	`mode` text NOT NULL,
	`sealed_secret` text,
	`sealed_old_secret` text,
	`account_id` text,
	`account_name` text,
	`permissions` text,
	`checked_at` integer,
	`trouble` text,
	`event_at` integer,
	`reconciled_to` integer,
	`reconciled_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stripe_account_endpoint` ON `stripe_account` (`endpoint`);--> statement-breakpoint
CREATE INDEX `stripe_account_reconciled` ON `stripe_account` (`reconciled_at`) WHERE "stripe_account"."sealed_key" is not null;--> statement-breakpoint
CREATE TABLE `stripe_event` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`type` text NOT NULL,
	`object` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `stripe_event_at` ON `stripe_event` (`at`);--> statement-breakpoint
CREATE INDEX `stripe_event_of` ON `stripe_event` (`organization_id`,`at`);--> statement-breakpoint
CREATE TABLE `unmatched` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`of` text,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	`invoice_id` text,
	`at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `unmatched_of` ON `unmatched` (`organization_id`,`of`);--> statement-breakpoint
CREATE INDEX `unmatched_open` ON `unmatched` (`organization_id`,`at`) WHERE "unmatched"."settled_at" is null and "unmatched"."reason" <> 'early';--> statement-breakpoint
ALTER TABLE `invoice` ADD `pending` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `invoice` ADD `paid_on` text;--> statement-breakpoint
ALTER TABLE `invoice` ADD `remind_on` text;--> statement-breakpoint
ALTER TABLE `invoice` ADD `reminders_paused_at` integer;--> statement-breakpoint
ALTER TABLE `invoice` ADD `promised_on` text;--> statement-breakpoint
ALTER TABLE `invoice` ADD `problem_at` integer;--> statement-breakpoint
ALTER TABLE `invoice` ADD `late_fee_id` text;--> statement-breakpoint
CREATE INDEX `invoice_falling_due` ON `invoice` (`due_on`,`id`) WHERE "invoice"."status" = 'open' and "invoice"."balance" > 0 and "invoice"."overdue_since" is null;--> statement-breakpoint
CREATE INDEX `invoice_to_remind` ON `invoice` (`remind_on`,`id`) WHERE "invoice"."status" = 'open' and "invoice"."balance" > 0 and "invoice"."remind_on" is not null;--> statement-breakpoint
CREATE INDEX `invoice_without_fee` ON `invoice` (`organization_id`,`due_on`,`id`) WHERE "invoice"."status" = 'open' and "invoice"."balance" > 0 and "invoice"."overdue_since" is not null and "invoice"."late_fee_id" is null;--> statement-breakpoint
ALTER TABLE `payment` ADD `stripe_id` text;--> statement-breakpoint
ALTER TABLE `payment` ADD `link_id` text;--> statement-breakpoint
ALTER TABLE `payment` ADD `failure` text;--> statement-breakpoint
CREATE UNIQUE INDEX `payment_stripe` ON `payment` (`organization_id`,`stripe_id`);--> statement-breakpoint
ALTER TABLE `organization` ADD `reminders` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `reminder_texts` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `late_fee` text;--> statement-breakpoint
ALTER TABLE `portal` ADD `reminders_paused_at` integer;