/** Another call has stored the key of a write whose own end nobody could tell; never leaves this package. */
export class KeyTaken extends Error {
  constructor() {
    super('Another call has done the write with this operation key.');
  }
}
