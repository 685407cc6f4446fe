import { RowCacheSource } from './row-cache-source.js';
import { Repository, type RepositoryParts, type Within } from './repository.js';

/** What a repository that may have copies of its rows is put together of. */
export interface CachingRepositoryParts<
  Source extends Within,
  Row extends object,
  Data,
  Id,
> extends RepositoryParts<Source> {
  readonly cacheSource?: RowCacheSource<Row, Data, Id> | undefined;
}

/** A repository that asks its cache source first, and tells it of its writes. */
export class CachingRepository<Source extends Within, Row extends object, Data, Id> extends Repository<Source> {
  protected readonly cacheSource: RowCacheSource<Row, Data, Id>;

  constructor(parts: CachingRepositoryParts<Source, Row, Data, Id>) {
    super(parts);
    this.cacheSource = parts.cacheSource ?? RowCacheSource.none();
  }
}
