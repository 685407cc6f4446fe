import type {
  EntityManager,
  EntityTarget,
  ObjectLiteral,
  RelationQueryBuilder,
  SelectQueryBuilder,
  UpdateQueryBuilder,
} from 'typeorm';

/** TypeORM's SelectQueryBuilder, without the ways from it to builders that write: to call one does not compile. */
export interface ReadQueryBuilder<Entity extends ObjectLiteral> extends SelectQueryBuilder<Entity> {
  insert(...onlyInSessionsThatWrite: never): ReturnType<SelectQueryBuilder<Entity>['insert']>;
  update(...onlyInSessionsThatWrite: never): UpdateQueryBuilder<Entity>;
  delete(...onlyInSessionsThatWrite: never): ReturnType<SelectQueryBuilder<Entity>['delete']>;
  softDelete(...onlyInSessionsThatWrite: never): ReturnType<SelectQueryBuilder<Entity>['softDelete']>;
  restore(...onlyInSessionsThatWrite: never): ReturnType<SelectQueryBuilder<Entity>['restore']>;
  relation(...onlyInSessionsThatWrite: never): RelationQueryBuilder<Entity>;
}

type Reads =
  | 'find'
  | 'findBy'
  | 'findOne'
  | 'findOneBy'
  | 'findOneOrFail'
  | 'findOneByOrFail'
  | 'findAndCount'
  | 'findAndCountBy'
  | 'count'
  | 'countBy'
  | 'exists'
  | 'existsBy'
  | 'sum'
  | 'average'
  | 'minimum'
  | 'maximum';

/** TypeORM's EntityManager, as far as it only reads. */
export interface ReadManager extends Pick<EntityManager, Reads> {
  createQueryBuilder<Entity extends ObjectLiteral>(
    entity: EntityTarget<Entity>,
    alias: string,
  ): ReadQueryBuilder<Entity>;
  createQueryBuilder(): ReadQueryBuilder<ObjectLiteral>;
}
