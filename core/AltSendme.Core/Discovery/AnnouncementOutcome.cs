namespace AltSendme.Core.Discovery;

/// <summary>How the first announcement by one service went.</summary>
/// <param name="Service">Its short name.</param>
/// <param name="IsLocalNetwork">Whether only neighbours hear of it.</param>
/// <param name="Failure">What went wrong, for people; <see langword="null"/> when it is announced.</param>
internal sealed record AnnouncementOutcome(string Service, bool IsLocalNetwork, string? Failure);
