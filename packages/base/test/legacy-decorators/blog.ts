import type { Embedded, Transformed } from '@holdfast/querier';
import {
  BeforeInsert,
  ChildEntity,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  TableInheritance,
  VersionColumn,
} from 'typeorm';

/** An abstract class: what inherits from it has its columns, in a table of its own. */
abstract class Base {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  team!: string;

  @CreateDateColumn()
  createdAt!: Date;

  @VersionColumn()
  version!: number;

  /** Rows have no methods: they are plain objects. */
  isOf(team: string): boolean {
    return this.team === team;
  }
}

/** An embedded class. */
export class Names {
  @Column('text')
  first!: string;

  @Column('text', { name: 'family_name', nullable: true })
  last!: string | null;
}

@Entity({ name: 'bloggers' })
export class Blogger extends Base {
  @Column(() => Names, { prefix: 'n' })
  names!: Embedded<Names>;

  @Column('text', { select: false, nullable: true })
  password?: string | null;

  @OneToMany(() => Entry, (entry) => entry.author)
  entries?: readonly Entry[];
}

@Entity('topics')
export class Topic {
  @PrimaryColumn('text')
  name!: string;
}

@Entity({ name: 'entries', schema: 'public' })
@Index(['team', 'createdAt'])
@TableInheritance({ column: { name: 'form', type: 'text' } })
export class Entry extends Base {
  declare form: string;

  @ManyToOne(() => Blogger, (blogger) => blogger.entries, { nullable: false })
  author?: Blogger;
  /** The column of the relation, which has no property of its own. */
  declare authorId: string;

  @Column('simple-enum', { enum: ['draft', 'public'], default: 'draft' })
  status!: 'draft' | 'public';

  @Column('text', {
    nullable: true,
    transformer: {
      to: (url: URL | null) => url && url.href,
      from: (stored: string | null) => (stored === null ? null : new URL(stored)),
    },
  })
  link!: Transformed<URL> | null;

  @ManyToMany(() => Topic)
  @JoinTable({ name: 'entry_topics' })
  topics?: readonly Topic[];

  listened = false;

  @BeforeInsert()
  listen(): void {
    this.listened = true;
  }
}

@ChildEntity('article')
export class Article extends Entry {
  @Column('text', { nullable: true })
  text!: string | null;
}

@ChildEntity('photo')
export class Photo extends Entry {
  @Column('int', { array: true, nullable: true })
  size!: readonly number[] | null;
}
