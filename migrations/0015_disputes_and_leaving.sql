CREATE TABLE `stripe_leaving` (
	`organization_id` text NOT NULL,
	`home` text NOT NULL,
	`sealed_key` text,
	`key_end` text,
	`account_name` text,
	`left_at` integer NOT NULL,
	`trouble` text,
	PRIMARY KEY(`organization_id`, `home`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `payment` ADD `dispute` text;--> statement-breakpoint
ALTER TABLE `payment_link` ADD `ended_at` integer;--> statement-breakpoint
CREATE INDEX `payment_link_on` ON `payment_link` (`organization_id`,`account_id`,`id`) WHERE "payment_link"."stripe_id" is not null and "payment_link"."ended_at" is null;--> statement-breakpoint
ALTER TABLE `unmatched` ADD `dispute` text;--> statement-breakpoint
UPDATE `payment_link` SET `ended_at` = `off_at` WHERE `state` = 'off';
