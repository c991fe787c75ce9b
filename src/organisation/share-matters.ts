/** For which matters something stands; absent conditions match everything. */
interface Matters {
  types?: readonly string[] | undefined;
  services?: readonly string[] | undefined;
}

const meet = (one: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
  one === undefined || other === undefined || one.some((each) => other.includes(each));

/** Whether there is a matter for which both stand. */
export const shareMatters = (one: Matters, other: Matters): boolean =>
  meet(one.types, other.types) && meet(one.services, other.services);
