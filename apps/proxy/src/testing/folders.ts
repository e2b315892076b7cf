/** Folders for the tests of one file. */
import { tempDir, type TempDir } from '@own-kube/testing';

/** Makes folders, each of its own, that are removed after the last test of the file. */
export function useFolders(): () => Promise<string> {
  const folders: TempDir[] = [];
  afterAll(() => Promise.all(folders.map((folder) => folder.remove())));
  return async () => {
    const folder = await tempDir('proxy-');
    folders.push(folder);
    return folder.path;
  };
}
