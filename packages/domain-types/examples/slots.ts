import { resourceSlot, sessionId, slotsFit, subtractSlots } from '@holdfast/domain-types';

// Ids come from outside as text; the constructor function checks them once, at the door.
const id = sessionId('01890A5D-AC96-774B-BCCE-B302099A8057', '/params/id');

const capacity = resourceSlot({ cpu: 16, mem: 68719476736, 'cuda.shares': '1.0' });
const wanted = resourceSlot({ cpu: 4, 'cuda.shares': '0.46' });

if (slotsFit(wanted, capacity)) console.log(id, subtractSlots(capacity, wanted));
