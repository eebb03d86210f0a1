namespace AltSendme.Core.Policy;

/// <summary>What an endpoint is for: policy may have rules of its own for relays that are used to receive.</summary>
public enum RelayUse
{
    /// <summary>A share.</summary>
    Sending,

    /// <summary>Fetching what others share.</summary>
    Receiving,
}
