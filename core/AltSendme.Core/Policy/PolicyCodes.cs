namespace AltSendme.Core.Policy;

/// <summary>The stable codes of what policy forbids, or of a policy that can't be used. docs/errors.md explains each.</summary>
public static class PolicyCodes
{
    /// <summary>The policy can't be read, understood or trusted: nothing is transferred until it can.</summary>
    public const string Invalid = "policy.invalid";

    /// <summary>A setting is locked to another value.</summary>
    public const string SettingLocked = "policy.setting-locked";

    /// <summary>A relay is not allowed.</summary>
    public const string Relay = "policy.relay";

    /// <summary>A direct connection is not allowed.</summary>
    public const string Direct = "policy.direct";

    /// <summary>A transport is not allowed, and none is left.</summary>
    public const string Transport = "policy.transport";

    /// <summary>A discovery service is not allowed.</summary>
    public const string Discovery = "policy.discovery";

    /// <summary>A plugin is not allowed.</summary>
    public const string Plugin = "policy.plugin";

    /// <summary>A share or its ticket is of a kind that is not allowed.</summary>
    public const string Ticket = "policy.ticket";

    /// <summary>What would be received is not allowed.</summary>
    public const string Receive = "policy.receive";
}
