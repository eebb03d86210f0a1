namespace AltSendme.Service.Web.Sessions;

/// <summary>A browser that was let in.</summary>
/// <param name="Token">What its cookie says.</param>
/// <param name="Budget">How much it may ask.</param>
internal sealed record WindowSession(byte[] Token, RequestBudget Budget)
{
    /// <summary>When it asked last; guarded by the book.</summary>
    public long LastUsed { get; set; }
}
