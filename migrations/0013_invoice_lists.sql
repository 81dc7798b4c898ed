CREATE TABLE `invoice_key` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`invoice_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_key_of` ON `invoice_key` (`invoice_id`);--> statement-breakpoint
CREATE TABLE `received_month` (
	`organization_id` text NOT NULL,
	`month` text NOT NULL,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `month`, `currency`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `invoice_due_in` ON `invoice` (`organization_id`,`currency`,`due_on`,`id`) WHERE "invoice"."status" = 'open' and "invoice"."balance" > 0;--> statement-breakpoint
CREATE INDEX `payment_received` ON `payment` (`organization_id`,`currency`,`received_on`,`id`) WHERE "payment"."state" = 'succeeded';--> statement-breakpoint
CREATE INDEX `milestone_changes` ON `milestone` (`organization_id`,`id`) WHERE "milestone"."approval" = 'changes';