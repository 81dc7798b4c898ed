CREATE TABLE `document` (
	`kind` text NOT NULL,
	`of` text NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`size` integer NOT NULL,
	`etag` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `of`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `document_portal` ON `document` (`portal_id`);