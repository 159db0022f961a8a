import { messengerOf } from "../../support/allocation";
import { deployerOf } from "../../../lib/twin/load/people";

const access = (deployers: string[], admins: string[]) => messengerOf("bale", { access: { admins, deployers, viewers: ["bale-viewers"] } });

describe("who deploys for a messenger", () => {
  it("is one of its deployers", () =>
    expect(deployerOf(access(["bale-deployers", "more"], ["bale-admins"]))).toEqual({ user: "deployer@bale", groups: ["bale-deployers"] }));

  it("is one of its admins where its file names no deployers", () =>
    expect(deployerOf(access([], ["bale-admins"])).groups).toEqual(["bale-admins"]));

  it("is its own ServiceAccount where its file names neither", () =>
    expect(deployerOf(access([], []))).toEqual({
      user: "system:serviceaccount:messenger-bale:deployer",
      groups: ["system:serviceaccounts", "system:serviceaccounts:messenger-bale"],
    }));
});
