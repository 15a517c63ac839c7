import { type Disk, systemDisk } from '../../src/archive/index.js';

/** A disk that can be filled: then a write takes half of its bytes, and the next one none. */
export function failingDisk(): Disk & { full: boolean; synced: string[] } {
  let halved = false;
  const refuse = (): void => {
    if (disk.full) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
  };
  const disk = {
    ...systemDisk,
    full: false,
    synced: [] as string[],
    create(path: string) {
      refuse();
      return systemDisk.create(path);
    },
    write(descriptor: number, bytes: Uint8Array, position: number) {
      if (halved) refuse();
      halved = disk.full && !halved;
      const some = halved ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
      return systemDisk.write(descriptor, some, position);
    },
    async writeFile(path: string, bytes: Uint8Array, synced: boolean) {
      refuse();
      if (synced) disk.synced.push(path);
      await systemDisk.writeFile(path, bytes, synced);
    },
    async append(path: string, text: string) {
      refuse();
      await systemDisk.append(path, text);
    },
    async sync(path: string) {
      refuse();
      disk.synced.push(path);
      await systemDisk.sync(path);
    },
  };
  return disk;
}
