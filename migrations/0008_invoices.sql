CREATE TABLE `credit_note` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`number` text NOT NULL,
	`lines` text NOT NULL,
	`taxes` text NOT NULL,
	`subtotal` integer NOT NULL,
	`tax` integer NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`issued_on` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoice`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_note_number` ON `credit_note` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `credit_note_invoice` ON `credit_note` (`invoice_id`,`id`);--> statement-breakpoint
CREATE INDEX `credit_note_portal` ON `credit_note` (`portal_id`,`id`);--> statement-breakpoint
CREATE TABLE `invoice` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`number` text,
	`currency` text NOT NULL,
	`prices` text DEFAULT 'net' NOT NULL,
	`lines` text NOT NULL,
	`discount_percent` text,
	`discount_amount` integer,
	`notes` text DEFAULT '' NOT NULL,
	`buyer` text NOT NULL,
	`seller` text,
	`locale` text,
	`time_zone` text,
	`supply_on` text,
	`reverse_charge` integer DEFAULT false NOT NULL,
	`repeatable` integer DEFAULT false NOT NULL,
	`ended_at` integer,
	`milestone_id` text,
	`due_on` text,
	`issued_on` text,
	`issued_at` integer,
	`subtotal` integer DEFAULT 0 NOT NULL,
	`discount` integer DEFAULT 0 NOT NULL,
	`tax` integer DEFAULT 0 NOT NULL,
	`taxes` text NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`paid` integer DEFAULT 0 NOT NULL,
	`refunded` integer DEFAULT 0 NOT NULL,
	`reversed` integer DEFAULT 0 NOT NULL,
	`credited` integer DEFAULT 0 NOT NULL,
	`balance` integer DEFAULT 0 NOT NULL,
	`credit` integer DEFAULT 0 NOT NULL,
	`voided_at` integer,
	`void_reason` text,
	`overdue_since` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_number` ON `invoice` (`organization_id`,`number`);--> statement-breakpoint
CREATE INDEX `invoice_newest` ON `invoice` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoice_by_status` ON `invoice` (`organization_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `invoice_portal` ON `invoice` (`portal_id`,`id`);--> statement-breakpoint
CREATE INDEX `invoice_portal_by_status` ON `invoice` (`portal_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `invoice_due` ON `invoice` (`organization_id`,`due_on`,`id`) WHERE "invoice"."status" = 'open' and "invoice"."balance" > 0;--> statement-breakpoint
CREATE INDEX `invoice_portal_due` ON `invoice` (`portal_id`,`due_on`,`id`) WHERE "invoice"."status" = 'open' and "invoice"."balance" > 0;--> statement-breakpoint
CREATE INDEX `invoice_issued` ON `invoice` (`portal_id`,`issued_at`,`id`) WHERE "invoice"."issued_at" is not null;--> statement-breakpoint
CREATE TABLE `invoice_counter` (
	`organization_id` text NOT NULL,
	`series` text NOT NULL,
	`year` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `series`, `year`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `invoice_token` (
	`hash` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`replaced_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoice`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`contact_id`) REFERENCES `contact`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `invoice_token_of` ON `invoice_token` (`invoice_id`,`contact_id`,`version`);--> statement-breakpoint
CREATE INDEX `invoice_token_contact` ON `invoice_token` (`contact_id`);--> statement-breakpoint
CREATE INDEX `invoice_token_portal` ON `invoice_token` (`portal_id`);--> statement-breakpoint
CREATE TABLE `owed` (
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`currency` text NOT NULL,
	`due_on` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `currency`, `due_on`, `portal_id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `owed_portal` ON `owed` (`portal_id`,`currency`,`due_on`);--> statement-breakpoint
CREATE TABLE `payment` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`kind` text NOT NULL,
	`method` text NOT NULL,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	`state` text NOT NULL,
	`received_on` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`of_id` text,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoice`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `payment_invoice` ON `payment` (`invoice_id`,`id`);--> statement-breakpoint
CREATE INDEX `payment_portal` ON `payment` (`portal_id`,`id`);--> statement-breakpoint
CREATE INDEX `payment_of` ON `payment` (`of_id`);--> statement-breakpoint
CREATE TABLE `received` (
	`organization_id` text NOT NULL,
	`currency` text NOT NULL,
	`day` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `currency`, `day`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `saved_line` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`description` text NOT NULL,
	`quantity` text NOT NULL,
	`unit_amount` integer NOT NULL,
	`currency` text NOT NULL,
	`tax_rate` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `saved_line_newest` ON `saved_line` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `tax_rate` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`rate` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `tax_rate_newest` ON `tax_rate` (`organization_id`,`id`);--> statement-breakpoint
ALTER TABLE `milestone` ADD `amount` integer;--> statement-breakpoint
ALTER TABLE `milestone` ADD `percent` text;--> statement-breakpoint
ALTER TABLE `milestone` ADD `invoice_id` text;--> statement-breakpoint
ALTER TABLE `organization` ADD `prices` text DEFAULT 'net' NOT NULL;--> statement-breakpoint
ALTER TABLE `organization` ADD `bank` text;--> statement-breakpoint
ALTER TABLE `portal` ADD `price` integer;--> statement-breakpoint
ALTER TABLE `portal` ADD `buyer` text;