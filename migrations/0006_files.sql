CREATE TABLE `file` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`folder` text DEFAULT '' NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`latest` text NOT NULL,
	`size` integer NOT NULL,
	`content_type` text NOT NULL,
	`source` text NOT NULL,
	`by_id` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `file_named` ON `file` (`portal_id`,`folder`,`name`) WHERE "file"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `file_newest` ON `file` (`portal_id`,`latest`) WHERE "file"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `file_in_folder` ON `file` (`portal_id`,`folder`,`latest`) WHERE "file"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `file_deleted` ON `file` (`portal_id`,`deleted_at`,`id`);--> statement-breakpoint
CREATE INDEX `file_purge` ON `file` (`deleted_at`) WHERE "file"."deleted_at" is not null;--> statement-breakpoint
CREATE TABLE `file_request` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`title` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`due_on` text,
	`asked_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`fulfilled_at` integer,
	`fulfilled_by` text,
	`closed_at` integer,
	`nudge_at` integer,
	`nudges` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `file_request_newest` ON `file_request` (`portal_id`,`id`);--> statement-breakpoint
CREATE INDEX `file_request_open` ON `file_request` (`portal_id`,`id`) WHERE "file_request"."fulfilled_at" is null and "file_request"."closed_at" is null;--> statement-breakpoint
CREATE INDEX `file_request_nudge` ON `file_request` (`nudge_at`) WHERE "file_request"."nudge_at" is not null;--> statement-breakpoint
CREATE TABLE `file_version` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`file_id` text NOT NULL,
	`version` integer NOT NULL,
	`object` text NOT NULL,
	`size` integer NOT NULL,
	`content_type` text NOT NULL,
	`crc32` integer NOT NULL,
	`source` text NOT NULL,
	`by_id` text NOT NULL,
	`by` text NOT NULL,
	`request_id` text,
	`created_at` integer NOT NULL,
	`told` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`file_id`) REFERENCES `file`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `file_version_number` ON `file_version` (`file_id`,`version`);--> statement-breakpoint
CREATE INDEX `file_version_portal` ON `file_version` (`portal_id`,`id`);--> statement-breakpoint
CREATE INDEX `file_version_untold` ON `file_version` (`portal_id`,`source`,`id`) WHERE "file_version"."told" = 0;--> statement-breakpoint
CREATE INDEX `file_version_request` ON `file_version` (`request_id`,`id`) WHERE "file_version"."request_id" is not null;--> statement-breakpoint
CREATE TABLE `upload` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`object` text NOT NULL,
	`folder` text DEFAULT '' NOT NULL,
	`name` text NOT NULL,
	`size` integer NOT NULL,
	`source` text NOT NULL,
	`by_id` text NOT NULL,
	`by` text NOT NULL,
	`link_id` text,
	`request_id` text,
	`state` text DEFAULT 'receiving' NOT NULL,
	`offset` integer DEFAULT 0 NOT NULL,
	`crc32` integer DEFAULT 0 NOT NULL,
	`content_type` text,
	`multipart` text,
	`tail` text,
	`lock` text,
	`locked_until` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `upload_portal` ON `upload` (`portal_id`,`id`);--> statement-breakpoint
CREATE INDEX `upload_link` ON `upload` (`link_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `upload_expiry` ON `upload` (`expires_at`);--> statement-breakpoint
CREATE TABLE `upload_part` (
	`upload_id` text NOT NULL,
	`number` integer NOT NULL,
	`etag` text NOT NULL,
	PRIMARY KEY(`upload_id`, `number`),
	FOREIGN KEY (`upload_id`) REFERENCES `upload`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `organization` ADD `storage` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `files` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `files_size` integer DEFAULT 0 NOT NULL;