namespace AltSendme.Core.Policy;

/// <summary>What holds when several sources of policy set one key. Restrictions only add up: no source can weaken another.</summary>
internal enum MergeRule
{
    /// <summary>All must say the same; otherwise the policy can't be used, and the error names both sources.</summary>
    Same,

    /// <summary>The strictest: of choices the one that is listed last, of flags the one that restricts.</summary>
    Strictest,

    /// <summary>The smallest number or shortest time.</summary>
    Smallest,

    /// <summary>What is in every list.</summary>
    InEvery,

    /// <summary>What is in any list.</summary>
    InAny,
}
