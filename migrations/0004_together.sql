CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`author_kind` text NOT NULL,
	`author_id` text NOT NULL,
	`author_name` text NOT NULL,
	`link_id` text,
	`body` text NOT NULL,
	`seq` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_thread` ON `message` (`portal_id`,`seq`);--> statement-breakpoint
CREATE INDEX `message_shown` ON `message` (`portal_id`,`seq`) WHERE "message"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `message_link` ON `message` (`link_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `reading` (
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`reader_kind` text NOT NULL,
	`reader_id` text NOT NULL,
	`reader_name` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`portal_id`, `reader_kind`, `reader_id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `reading_furthest` ON `reading` (`portal_id`,`seq`);--> statement-breakpoint
CREATE TABLE `milestone` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`portal_id` text NOT NULL,
	`title` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`due_on` text,
	`weight` integer DEFAULT 1 NOT NULL,
	`position` integer NOT NULL,
	`progress` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`approval` text,
	`approval_by` text,
	`approval_at` integer,
	`approval_note` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`portal_id`) REFERENCES `portal`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `milestone_plan` ON `milestone` (`portal_id`,`position`,`id`);--> statement-breakpoint
CREATE TABLE `milestone_template` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`items` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organization`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `milestone_template_newest` ON `milestone_template` (`organization_id`,`id`);--> statement-breakpoint
ALTER TABLE `activity` ADD `topic` text DEFAULT 'portals' NOT NULL;--> statement-breakpoint
ALTER TABLE `activity` ADD `client` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `activity_topic` ON `activity` (`organization_id`,`topic`,`id`);--> statement-breakpoint
CREATE INDEX `activity_person` ON `activity` (`organization_id`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_topic_person` ON `activity` (`organization_id`,`topic`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_portal_topic` ON `activity` (`portal_id`,`topic`,`id`);--> statement-breakpoint
CREATE INDEX `activity_portal_person` ON `activity` (`portal_id`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_portal_topic_person` ON `activity` (`portal_id`,`topic`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `activity_news` ON `activity` (`portal_id`,`at`) WHERE "activity"."client" = 1 and "activity"."topic" <> 'messages';--> statement-breakpoint
ALTER TABLE `contact` ADD `unread` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `contact` ADD `unsubscribed_at` integer;--> statement-breakpoint
ALTER TABLE `link` ADD `since_at` integer;--> statement-breakpoint
ALTER TABLE `member` ADD `notify` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `organization` ADD `unread_portals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `progress` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `next_title` text;--> statement-breakpoint
ALTER TABLE `portal` ADD `next_due_on` text;--> statement-breakpoint
ALTER TABLE `portal` ADD `unread` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `portal` ADD `last_message_at` integer;--> statement-breakpoint
ALTER TABLE `portal` ADD `thread` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `portal_inbox` ON `portal` (`organization_id`,`last_message_at`,`id`) WHERE "portal"."last_message_at" is not null and "portal"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `portal_unread` ON `portal` (`organization_id`,`last_message_at`,`id`) WHERE "portal"."unread" > 0 and "portal"."archived_at" is null;